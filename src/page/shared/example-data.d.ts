// The data that a Markdown fence writes beside its code block; src/runnable/site/example_data.py describes the same.
// A test holds names, keys and types of both together. What is null here is None there.

export type Header = [string, string];

export interface RequestPreset {
  name: string;
  method: string;
  path: string;
  headers: Header[];
  body: string | null;
  count: number;
  leaveAfter: number;
}

export interface WebSocketPreset {
  name: string;
  path: string;
  subprotocols: string[];
  messages: string[];
}

export interface ServerData {
  name: string;
  title: string;
  summary: string;
  packages: string[];
  install: string[];
  command: string;
  http2: boolean;
}

export interface ExampleData {
  source: string;
  module: string;
  app: string;
  packages: string[];
  servers: ServerData[];
  requests: RequestPreset[];
  websockets: WebSocketPreset[];
}

export type RecordedRequest = [number, number, number, number];

export interface RecordedRuns {
  title: string;
  runs: RecordedRequest[][];
}

export interface RacerData {
  title: string;
  path: string;
  source: string;
  module: string;
  app: string;
  server: string;
  workers: number;
  packages: string[];
}

export interface RaceData {
  request: RequestPreset;
  racers: RacerData[];
  recorded: RecordedRuns | null;
}
