import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** Writes a record to its own stdout when told to, and says on stderr what became of it. */
const program = `
  import { createStdoutAudit } from './adapters/stdout-audit.ts';
  const log = { info() {}, warn() {}, error: (code) => process.stderr.write(code + ' ') };
  const counters = { add: (name) => process.stderr.write(name + ' ') };
  const audit = createStdoutAudit({ stream: process.stdout, log, counters });
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const outcome = await audit.write({ audit: 'vend', outcome: 'vended' }).then(
    () => 'written',
    ({ reason }) => reason,
  );
  await new Promise((resolve) => setImmediate(resolve));
  process.stderr.write(outcome);
  process.exit(0);
`;

it('A22: a function whose stdout is gone says so, and lives on to answer', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stdout.destroy();

  child.stdin.end('write\n');
  const [status] = await once(child, 'close');

  expect(said.join('')).toBe('AuditUnwritable AUDIT_UNWRITABLE audit-unwritable');
  expect(status).toBe(0);
});
