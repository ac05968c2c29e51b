// Every page loads this one module. Each part finds its own elements and stands still without them.
import "./scan.js";
import "./shortcuts.js";
import "./theme.js";
import "./confirm.js";
import "./fields.js";
import "./lines.js";
import "./draft.js";
import "./notices.js";
import "./chart.js";
