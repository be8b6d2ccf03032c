import { fileURLToPath } from 'node:url';
import type { Attempt } from './attempt.ts';
import { type ClientProcess, type Outcome, runClient } from './client-process.ts';

/** The programs of this folder that log in with a driver, as processes of their own. */
type Driver = (
  attempt: Attempt,
  options: Omit<ClientProcess, 'command'> & { readonly way?: string },
) => Promise<Outcome>;

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const installed = (path: string): string => pathOf(`../../../.local/e2e/${path}`);

export const nodeDriver =
  (program: string): Driver =>
  (attempt, { way = '', ...rest }) =>
    runClient(attempt, {
      ...rest,
      command: [process.execPath, pathOf(`node/${program}`), way],
    });

export const pythonDriver =
  (program: string): Driver =>
  (attempt, { way = '', ...rest }) =>
    runClient(attempt, {
      ...rest,
      // No bytecode beside the sources.
      command: [installed('venv/bin/python'), '-B', pathOf(`python/${program}`), way],
    });

/** The first compiler alone: the program ends before the second one would pay. */
export const javaDriver: Driver = (attempt, options) =>
  runClient(attempt, {
    ...options,
    command: [
      'java',
      '-XX:TieredStopAtLevel=1',
      ...['-cp', `${installed('classes')}:${installed('jars')}/*`, 'JdbcClient'],
    ],
  });
