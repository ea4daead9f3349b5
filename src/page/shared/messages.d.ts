// The messages between the page and the session in its Web Worker; src/runnable/inmemory/messages.py describes the same.
// A test holds names, keys and types of both together. What is undefined here is None there.

export type Header = [string, string];
export type Protocol = "HTTP/1.1" | "HTTP/2";

// From the page to the session

export interface RunMessage {
  type: "run";
  source: string;
  module: string;
  path: string;
  app: string;
  server: string;
}

export interface StopMessage {
  type: "stop";
}

export interface RequestMessage {
  type: "request";
  id: number;
  method: string;
  path: string;
  headers: Header[];
  body: Uint8Array | undefined;
  protocol: Protocol;
  leaveAfter: number;
}

export interface WebSocketMessage {
  type: "websocket";
  id: number;
  path: string;
  headers: Header[];
  subprotocols: string[];
}

export interface SendMessage {
  type: "send";
  id: number;
  data: string | Uint8Array;
}

export interface SendPingMessage {
  type: "sendping";
  id: number;
  payload: string;
}

export interface CloseMessage {
  type: "close";
  id: number;
  code: number;
  reason: string;
}

export interface AbortMessage {
  type: "abort";
  id: number;
}

export interface WatchMessage {
  type: "watch";
  on: boolean;
}

export type ToSession =
  | RunMessage
  | StopMessage
  | RequestMessage
  | WebSocketMessage
  | SendMessage
  | SendPingMessage
  | CloseMessage
  | AbortMessage
  | WatchMessage;

// What a client receives from its server

export interface HeadEvent {
  type: "head";
  startLine: string;
  status: number;
  reason: string;
  headers: Header[];
}

export interface DataEvent {
  type: "data";
  data: Uint8Array;
}

export interface EndEvent {
  type: "end";
  raw: Uint8Array;
}

export interface OpenEvent {
  type: "open";
  subprotocol: string | undefined;
}

export interface ReceivedEvent {
  type: "message";
  data: string | Uint8Array;
}

export interface PongEvent {
  type: "pong";
  payload: string;
}

export interface ClosedEvent {
  type: "closed";
  code: number;
  reason: string;
}

export interface ErrorEvent {
  type: "error";
  message: string;
}

export type HttpEvent = HeadEvent | DataEvent | EndEvent | ErrorEvent;
export type WebSocketEvent = OpenEvent | ReceivedEvent | PongEvent | ClosedEvent | HeadEvent | DataEvent | ErrorEvent;
export type ClientEvent = HttpEvent | WebSocketEvent;

// From the session to the page

export interface ReadyMessage {
  type: "ready";
}

export interface FailedMessage {
  type: "failed";
  message: string;
}

export interface StoppingMessage {
  type: "stopping";
}

export interface StoppedMessage {
  type: "stopped";
}

export interface LogMessage {
  type: "log";
  text: string;
}

export interface EventMessage {
  type: "event";
  id: number;
  event: ClientEvent;
}

export interface RecordedMessage {
  type: "recorded";
  entries: string;
  began: number;
  missing: number;
}

export type FromSession =
  | ReadyMessage
  | FailedMessage
  | StoppingMessage
  | StoppedMessage
  | LogMessage
  | EventMessage
  | RecordedMessage;
