// What tools/bundle.js writes into the bundled scripts.

/** The Web Worker's file, beside the page's script. Its name holds its content's hash. */
declare const WORKER_FILE: string;

/** The archive of the Python package that answers the Web Worker; it, too, has its content's hash in its name. */
declare const RUNNABLE_ARCHIVE: string;
