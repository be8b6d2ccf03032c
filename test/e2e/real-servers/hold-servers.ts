import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../local/stack.ts';

/** Starts both real servers, says where they are, and waits to be killed. */
const directory = await mkdtemp(join(tmpdir(), 'tokenvend-e2e-'));
const stack = await startStack({ directory, postgres: true, mariadb: true });
const folders = [stack.database.folder, stack.ledger?.folder];
process.stdout.write(`${JSON.stringify({ directory, folders })}\n`);
