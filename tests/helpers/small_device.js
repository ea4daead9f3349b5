// Runs before a page's scripts: to them the device has 2 GiB of memory, and so no room for a spare interpreter.

Object.defineProperty(navigator, "deviceMemory", { value: 2 });
