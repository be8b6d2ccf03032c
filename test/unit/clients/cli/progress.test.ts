import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../../../clients/cli/progress.ts';
import { runCli } from '../../../builders/cli.ts';
import { aClock } from '../../../builders/clock.ts';
import { aDynamodb, type WatchedDynamodb } from '../../../builders/dynamodb.ts';
import { aRegistryFile } from '../../../builders/registry-files.ts';

function watching(isWatched = true) {
  const lines: string[] = [];
  const clock = aClock();
  return {
    lines,
    clock,
    progress: createProgress({ err: (text) => lines.push(text), clock, isWatched }),
  };
}

describe('the progress of a verb', () => {
  it('is quiet about what is done within a second', () => {
    const { lines, clock, progress } = watching();

    progress.step('reading');
    clock.advance(0.999);
    progress.count(99, 100, 'files read');
    progress.step('checking');

    expect(lines).toEqual([]);
  });

  it('says after that where it is, and a count at most once a second', () => {
    const { lines, clock, progress } = watching();

    clock.advance(1);
    progress.count(1, 9, 'files read');
    clock.advance(0.5);
    progress.count(2, 9, 'files read');
    progress.step('checking');
    clock.advance(1);
    progress.count(3, 9, 'files read');

    expect(lines).toEqual(['1 of 9 files read …\n', 'checking …\n', '3 of 9 files read …\n']);
  });

  it('is nothing where nobody watches', () => {
    const { lines, clock, progress } = watching(false);

    clock.advance(60);
    progress.step('checking');
    progress.count(1, 9, 'files read');

    expect(lines).toEqual([]);
  });
});

describe('a verb that takes longer than a person’s patience', () => {
  let dynamodb: WatchedDynamodb;
  let folder: string;
  let file: string;
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    dynamodb = await aDynamodb();
    folder = await mkdtemp(join(tmpdir(), 'tokenvend-cli-'));
    file = join(folder, 'registry.yaml');
    await writeFile(file, aRegistryFile().text);
  });
  afterEach(async () => {
    await dynamodb.close();
    await rm(folder, { recursive: true });
  });

  /** A clock that goes on by two seconds whenever somebody looks at it. */
  function aHurriedClock() {
    const clock = aClock();
    return () => {
      clock.advance(2);
      return clock();
    };
  }

  const verbs: readonly (readonly [string, () => readonly string[], string])[] = [
    ['validate', () => ['validate', file], 'checking what the files mean …\n'],
    ['plan', () => ['plan', file, file], 'comparing what the two permit …\n'],
    ['test', () => ['test', file], 'checking what the files mean …\n'],
    ['compile', () => ['compile', file, '--out', join(folder, 'r.json')], 'compiling …\n'],
    ['publish', () => ['publish', file], 'reading back what the table holds …\n'],
  ];

  const ran = (args: readonly string[], isWatched: boolean) =>
    runCli(['registry', ...args], {
      clock: aHurriedClock(),
      isWatched,
      env: { ...dynamodb.env, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' },
    });

  it.each(verbs)('tells a person at a terminal where it is: %s', async (_, args, line) => {
    const { out, err } = await ran(args(), true);

    expect(err).toContain(line);
    expect(out).not.toContain('…\n');
  });

  it.each(verbs)('tells a pipe nothing of it: %s', async (_, args) => {
    const { err } = await ran(args(), false);

    expect(err).not.toContain('…\n');
  });
});
