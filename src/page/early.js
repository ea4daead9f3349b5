// What runs before Material's scripts, in the page's head.

import "./early-storage.js";
import "./late-search.js";
