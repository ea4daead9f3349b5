// A browser that has little room left, and notes that it was asked.

Object.assign(globalThis, { askedForRoom: false });

navigator.storage.estimate = async () => {
  Object.assign(globalThis, { askedForRoom: true });
  return { quota: 1e8, usage: 0 };
};
