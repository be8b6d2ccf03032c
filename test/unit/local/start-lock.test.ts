import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const source = pathToFileURL('local/start-lock.ts').href;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-start-'));
  path = join(folder, 'new', 'start.pid');
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the lock in a process of its own, and does something before and after that. */
function locked(then = '', before = '') {
  const script = `import { writeFileSync } from 'node:fs';
    import { lockStart } from ${JSON.stringify(source)};
    ${before}
    lockStart(${JSON.stringify(path)}); console.log(process.pid); ${then}`;
  const { status, stdout, stderr, pid } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr, pid };
}

/** What a process that was killed leaves. */
const leftBehind = () => locked("process.kill(process.pid, 'SIGKILL'); for (;;);");

describe('the lock of npm start', () => {
  it('is held while the process runs, and gone when it ends', () => {
    const { status, stdout } = locked(
      "import('node:fs').then(({ readFileSync }) => console.log(readFileSync(" +
        `${JSON.stringify(path)}, 'utf8')));`,
    );

    const [own, held] = stdout.trim().split('\n');
    expect([status, held]).toEqual([0, own]);
    expect(existsSync(path)).toBe(false);
  });

  it('keeps out who comes while another process has it, and leaves it alone', async () => {
    leftBehind();
    await writeFile(path, `${process.pid}\n`);

    const { status, stderr } = locked();

    expect(status).not.toBe(0);
    expect(stderr).toContain(`already running, pid ${process.pid};`);
    expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`);
  });

  it('of a process that was killed keeps nobody out', () => {
    const { pid } = leftBehind();
    expect(readFileSync(path, 'utf8')).toBe(`${pid}\n`);

    expect(locked().status).toBe(0);
  });

  it('of a process with the same id, as in the next container, keeps nobody out', () => {
    leftBehind();

    const own = `writeFileSync(${JSON.stringify(path)}, String(process.pid));`;

    expect(locked('', own).status).toBe(0);
  });

  it('that was left half written keeps nobody out', async () => {
    leftBehind();
    await writeFile(path, '');

    expect(locked().status).toBe(0);
  });
});
