// An empty script, but for a sign that it has begun.
'use strict';

require('node:fs').writeSync(1, '.');
