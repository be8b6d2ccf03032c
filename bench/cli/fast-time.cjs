// Preloaded into a process whose life is to be watched in a hurry: from FAST_TIME_FROM (milliseconds since
// 1970) on, its dates and timers run FAST_TIME_SPEED times as fast. `performance` is left alone.
'use strict';

const RealDate = Date;
const from = Number(process.env.FAST_TIME_FROM);
const speed = Number(process.env.FAST_TIME_SPEED);

class FastDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(FastDate.now());
    else super(...parts);
  }

  static now() {
    return Math.round(from + (RealDate.now() - from) * speed);
  }
}

Object.defineProperty(FastDate, 'name', { value: 'Date' });
globalThis.Date = FastDate;

const { setTimeout: realTimeout } = globalThis;

globalThis.setTimeout = (callback, ms, ...parts) => realTimeout(callback, ms / speed, ...parts);
