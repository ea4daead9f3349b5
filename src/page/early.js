// What runs before Material's scripts, in the page's head.

import "./early-storage.js";
import "./late-search.js";

// Scripts run: styles hide what is for a page without them. Material's own does so too, but only after the first paint.
document.documentElement.classList.replace("no-js", "js");
