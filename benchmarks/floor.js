// The floor that start-up is compared with: the stock npm package in a Web Worker, nothing changed, nothing imported.

// @ts-ignore: it lies beside this file where the benchmark serves both
import { loadPyodide } from "./pyodide/pyodide.mjs";

await loadPyodide();
postMessage("loaded");

export {};
