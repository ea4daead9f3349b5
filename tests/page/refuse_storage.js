// Runs before a page's scripts: to them the browser refuses storage, as with cookies blocked.

for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    },
  });
