// An empty script, but for a sign that it has begun. It then lives until it is killed: what has ended cannot be asked
// for its processor time.
'use strict';

require('node:fs').writeSync(1, '.');
setInterval(() => undefined, 3_600_000);
