import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judge } from '../../mutations/judge.ts';
import { type Mutant, readReport } from '../../mutations/report.ts';

const file = 'core/a.ts';
const aMutant = (parts: Partial<Mutant> = {}): Mutant => ({
  file,
  line: 1,
  from: 'a < b',
  to: 'a <= b',
  isDetected: true,
  ...parts,
});
const why = 'equal instants are one';

describe('a judgement', () => {
  it('counts what was detected', () => {
    const mutants = [aMutant(), aMutant(), aMutant(), aMutant({ isDetected: false })];

    expect(judge(mutants, [])).toMatchObject({ detected: 3, all: 4, score: 75 });
  });

  it('names a survivor that nobody has explained', () => {
    const survivor = aMutant({ isDetected: false });

    const other = [{ why, mutants: [[file, 'a < b', 'true']] }] as const;

    expect(judge([survivor], other).unexplained).toEqual([survivor]);
  });

  it('names an explanation of what did not survive, or is not there any more', () => {
    const explained = [{ why, mutants: [[file, 'a < b', 'a <= b']] }] as const;

    expect(judge([aMutant()], explained).stale).toEqual(['core/a.ts: a < b → a <= b']);
    expect(judge([aMutant({ from: 'x' })], explained).stale).toHaveLength(1);
  });

  it('leaves the files of other packages alone', () => {
    const explained = [{ why, mutants: [['core/b.ts', 'a < b', 'a <= b']] }] as const;

    expect(judge([aMutant()], explained).stale).toEqual([]);
  });

  it('agrees where each survivor is explained', () => {
    const explained = [{ why, mutants: [[file, 'a < b', 'a <= b']] }] as const;

    const { unexplained, stale } = judge([aMutant({ isDetected: false })], explained);

    expect([unexplained, stale]).toEqual([[], []]);
  });
});

describe('a report', () => {
  const at = (line: number, column: number) => ({ line, column });
  const place = { start: at(2, 8), end: at(3, 6) };

  function aReport(status: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'tokenvend-mutations-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const mutants = [{ status, replacement: 'true', location: place }];
    const source = 'const a =\n  b && (c <\n    d);\n';
    const path = join(folder, 'report.json');
    writeFileSync(path, JSON.stringify({ files: { [file]: { source, mutants } } }));
    return path;
  }

  it.each([
    ['Killed', true],
    ['Timeout', true],
    ['Survived', false],
    ['NoCoverage', false],
  ])('says of a mutant that is %s that it is detected: %s', (status, isDetected) => {
    expect(readReport(aReport(status))).toEqual([
      { file, line: 2, from: '(c < d', to: 'true', isDetected },
    ]);
  });

  it.each(['Ignored', 'RuntimeError', 'CompileError'])(
    'says nothing of one that is %s',
    (status) => {
      expect(readReport(aReport(status))).toEqual([]);
    },
  );
});
