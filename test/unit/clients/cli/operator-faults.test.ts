import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainingFaults } from '../../../../clients/cli/operator-faults.ts';
import { OperatorError, type OperatorErrorCode } from '../../../../operator/operator-error.ts';

const cases = [
  ['path-unreadable', 2],
  ['path-empty', 2],
  ['input-invalid', 2],
  ['aws-credentials', 3],
  ['aws-refused', 4],
  ['aws-unavailable', 5],
  ['output-unwritable', 7],
  ['table-conflict', 7],
  ['table-unsound', 7],
] as const satisfies readonly (readonly [OperatorErrorCode, number])[];

/** What a verb says, and how it ends, whose work throws this. */
async function ending(error: Error) {
  const told = { err: '', code: 0 };
  const context = {
    err: (text: string) => {
      told.err += text;
    },
    exit: (code: number) => {
      told.code = code;
    },
  };
  await explainingFaults(context, () => Promise.reject(error));
  return told;
}

describe('a fault of an operator’s verb', () => {
  it.each(cases)('of the kind %s ends it in %i, with its sentence', async (kind, code) => {
    expect(await ending(new OperatorError(kind, 'A sentence.'))).toEqual({
      err: 'tokenvend: A sentence.\n',
      code,
    });
  });

  it('is none where our own code is wrong', async () => {
    await expect(ending(new TypeError('a defect'))).rejects.toThrow(TypeError);
  });
});

describe('docs/registry.md', () => {
  it('has a row for every code that the verbs end in', () => {
    const page = readFileSync(new URL('../../../../docs/registry.md', import.meta.url), 'utf8');
    const [, section = ''] = page.split('## Exit codes\n');

    const codes = [...section.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));

    expect(codes).toEqual([...new Set([0, ...cases.map(([, code]) => code)])]);
  });
});
