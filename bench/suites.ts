import { measureBundle } from './bundle/suite.ts';
import { measureCli } from './cli/suite.ts';
import { measureExtension } from './extension/suite.ts';
import { measureLoad } from './load/suite.ts';
import type { Measurement } from './measurement.ts';
import { measureRegistry } from './registry/suite.ts';
import { measureVend } from './vend/suite.ts';

/**
 * The suites, in the order of the table. Another one is a folder with a `suite.ts` and a line here;
 * names of measurements need no prefix there, since they get their suite's.
 */
export const suites: ReadonlyMap<string, () => Promise<readonly Measurement[]>> = new Map([
  ['vend', measureVend],
  ['registry', measureRegistry],
  ['bundle', measureBundle],
  ['extension', measureExtension],
  ['cli', measureCli],
  ['load', measureLoad],
]);
