import { describe, expect, it } from 'vitest';
import { hidingTokens } from '../../../../clients/cli/hidden-tokens.ts';
import { anAnswer } from '../../../builders/answers.ts';

describe('a token in a job of GitHub Actions', () => {
  it('A21: is named to the runner before anybody has it, with the escapes that the runner undoes', async () => {
    const said: string[] = [];
    const answer = { ...anAnswer(), token: 'db:5432/?a=b%2Fc' };
    const vend = hidingTokens(async () => answer, {
      err: (text) => said.push(text),
      isReadByRunner: true,
    });

    expect(await vend({ database: 'orders' })).toBe(answer);

    expect(said.join('')).toBe(
      '::add-mask::db:5432/?a=b%252Fc\n' +
        '::add-mask::db%253A5432%252F%253Fa%253Db%25252Fc\n' +
        '::add-mask::db\\:5432/?a=b%252Fc\n',
    );
  });

  it('is named to nobody else', async () => {
    const said: string[] = [];
    const vend = hidingTokens(async () => anAnswer(), {
      err: (text) => said.push(text),
      isReadByRunner: false,
    });

    await vend({ database: 'orders' });

    expect(said).toEqual([]);
  });
});
