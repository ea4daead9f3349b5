// The address at which an application's pages believe they are: session.py sends requests to it.

export const ORIGIN = "http://127.0.0.1:8000";
