// Preloaded into Node children: `Date` is off by the milliseconds that a file says, as of now. Timers
// and `performance` are left alone, as a jump of the wall clock leaves them.
'use strict';

const { readFileSync } = require('node:fs');

const RealDate = Date;
const file = process.env.LOCAL_LAMBDA_CLOCK_FILE;

function offsetMs() {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}

class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(Date.now());
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offsetMs();
  }
}

Object.defineProperty(ShiftedDate, 'name', { value: 'Date' });
globalThis.Date = ShiftedDate;
