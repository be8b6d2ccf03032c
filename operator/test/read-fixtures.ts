import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { locate, placed } from '../../core/registry/locate.ts';
import type { Problem } from '../../core/registry/problem.ts';
import { shapeFindings } from '../../core/registry/shape-findings.ts';
import { sentenceFor } from '../../core/registry/shape-sentences.ts';
import { type RegistrySource, readYamlFile, type YamlFile } from '../../core/registry/yaml-file.ts';
import { OperatorError } from '../operator-error.ts';
import { type Fixture, fixtureFileSchema } from './fixture-schema.ts';

/** A test, and where it stands. */
export interface PlacedFixture {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly fixture: Fixture;
}

/** The tests of all files, and what is wrong with the files that cannot be read. */
export interface Fixtures {
  readonly fixtures: readonly PlacedFixture[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the tests beside a registry: every `.test.yaml` in its folder and below it.
 *
 * @throws OperatorError `path-unreadable`; `path-empty` where there are none, since a check that
 *   checks nothing must not pass.
 */
export async function readFixtures(registryPath: string): Promise<Fixtures> {
  const sources = await sourcesBeside(registryPath);
  if (sources.length === 0) {
    throw new OperatorError('path-empty', `There is no .test.yaml file beside ${registryPath}.`);
  }
  const read = sources.map((source) => fixturesIn(readYamlFile(source)));
  return {
    fixtures: read.flatMap(({ fixtures }) => fixtures),
    problems: read.flatMap(({ problems }) => problems),
  };
}

async function sourcesBeside(path: string): Promise<RegistrySource[]> {
  try {
    const folder = (await stat(path)).isDirectory() ? path : dirname(path);
    const names = await readdir(folder, { recursive: true });
    const files = names.filter((name) => /\.test\.ya?ml$/.test(name) && !isHidden(name)).sort();
    return await Promise.all(
      files.map(async (name) => {
        const file = join(folder, name);
        return { file, text: await readFile(file, 'utf8') };
      }),
    );
  } catch {
    throw new OperatorError('path-unreadable', `The tests beside ${path} cannot be read.`);
  }
}

const isHidden = (name: string): boolean => /(?:^|[\\/])(?:\.|node_modules[\\/])/.test(name);

/** A file in which anything is wrong gives no tests: half of them could pass for all of them. */
function fixturesIn({ source, value, problems }: YamlFile): Fixtures {
  if (problems.length > 0) return { fixtures: [], problems };
  const { data, error: wrong } = fixtureFileSchema.safeParse(value, { error: sentenceFor });
  if (data === undefined) {
    return { fixtures: [], problems: placed(shapeFindings(wrong), () => source) };
  }
  const found = data.tests.map((fixture, index) => ({ source, path: ['tests', index], fixture }));
  const fixtures = locate(found).map(({ file, line, fixture }) => ({ file, line, fixture }));
  return { fixtures, problems: [] };
}
