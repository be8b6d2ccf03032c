import { suites } from './suites.ts';

/** The other end of `run-suite.ts`: measures the suite it is told, sends the figures, and ends. */
const measure = suites.get(process.argv[2] ?? '');
if (measure === undefined) throw new Error('this process is started by bench/run-suite.ts');

const measurements = await measure();
process.send?.(measurements);
process.disconnect();
