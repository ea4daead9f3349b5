// What a recording is made of; src/runnable/inmemory/recording/entries.py says what it means.

export interface Special {
  type: "bytes" | "str" | "tuple" | "list" | "dict" | "object";
  text?: string;
  items?: Value[];
  size?: number;
}

export type Value = null | boolean | number | string | Value[] | Special;

export interface Entry {
  n: number;
  kind: string;
  at: number;
  took: number | null;
  connection: number | null;
  request: number | null;
  task: string | null;
  value: Value;
}
