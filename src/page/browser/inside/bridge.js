// The bridge: a script in the frame that shows an application's page. It brings all that the page asks for to the view.
//
// The frame is sandboxed without `allow-same-origin`: its origin is like no other, so it reaches nothing of the site.
// Its own Content-Security-Policy (frame.html) lets it reach no host at all. What is left are messages by one port, which
// this script hands to the view before anything of the application is here.

import { writeDocument } from "./document.js";
import { shimElements } from "./elements.js";
import { shimEventSource, shimFetch } from "./fetch.js";
import { shimNavigation } from "./links.js";
import { Page } from "./page.js";
import { Resources } from "./resources.js";
import { shimStores } from "./stores.js";
import { shimWebSocket } from "./websocket.js";
import { shimXmlHttpRequest } from "./xhr.js";

/** No policy of ours stops these from asking other hosts for an address of the reader's. */
const TAKEN = ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"];

const { port1, port2 } = new MessageChannel();
const page = new Page(port1);
page.onShow = (show) => {
  for (const name of TAKEN) Reflect.deleteProperty(window, name);
  shimStores(page, show.stores);
  shimFetch(page);
  shimXmlHttpRequest();
  shimEventSource();
  shimWebSocket(page);
  shimNavigation(page);
  const resources = new Resources(window.fetch);
  shimElements(resources);
  void writeDocument(page, show, resources);
};
window.parent.postMessage({ type: "ready" }, "*", [port2]);
