import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContainerImage, makeImage } from './container-image.ts';
import { ended, entrypointOf, start } from './restricted-process.ts';

let image: ContainerImage;
beforeAll(async () => {
  image = await makeImage();
}, 60_000);
afterAll(() => image.remove());

describe('what the Dockerfile makes', () => {
  it('begins with the line by which the kernel finds the Node of distroless', async () => {
    const text = await readFile(image.entrypoint, 'utf8');

    expect(text.split('\n')[0]).toBe('#!/nodejs/bin/node');
  });

  it('is the program, its licence and Node, and no source and no package', async () => {
    const { stdout } = await promisify(execFile)('find', ['.', '-type', 'f'], { cwd: image.root });
    const files = stdout.trim().split('\n').sort();

    expect(files.filter((path) => !path.startsWith('./opt/tokenvend/dist/cli/'))).toEqual([
      './nodejs/bin/node',
      './opt/tokenvend/LICENSE',
      './opt/tokenvend/bin/tokenvend',
      './opt/tokenvend/package.json',
    ]);
    expect(files).toContain('./opt/tokenvend/dist/cli/main.cjs');
  });

  it('says its version as a user without a name or a home, on a system that cannot be written', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));

    const result = await ended(start(entrypointOf(image, ['--version'])));

    expect(result).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('finds the parts that are loaded on demand', async () => {
    const result = await ended(start(entrypointOf(image, ['registry', 'validate', '/missing'])));

    expect(result).toMatchObject({ code: 2, err: expect.stringContaining('/missing') });
  });

  it('ends with the code for a missing identity where no token is mounted', async () => {
    const asked = ['token', 'orders', '--api-url', 'http://127.0.0.1:9'];

    const result = await ended(start(entrypointOf(image, asked)));

    expect(result).toMatchObject({ code: 3, out: '' });
  });
});
