import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import type { TokenRequest } from '../../../../clients/api-client/token-request.ts';
import type { CaBundle, VendAnswer } from '../../../../core/vend-answer.ts';
import { vendWithCa } from '../../../../layers/extension/vend-with-ca.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aBundle, aLog, anAnswerWithCa } from './builders.ts';

const request = { database: 'orders', user: 'orders_app' };

function aVend(answer: () => VendAnswer) {
  const asked: TokenRequest[] = [];
  const kept: CaBundle[] = [];
  const { log, entries } = aLog();
  const vend = vendWithCa({
    api: {
      vend: async (one) => {
        asked.push(one);
        return answer();
      },
    },
    caFiles: { keep: (bundle) => kept.push(bundle) },
    log,
  });
  return { vend, asked, kept, entries };
}

describe('vending with the CA', () => {
  it('brings both in one call', async () => {
    const { vend, asked, kept, entries } = aVend(() => anAnswerWithCa());

    const { id } = await vend(request);

    expect(asked).toEqual([{ ...request, inlineCa: true }]);
    expect(kept).toEqual([aBundle()]);
    expect(entries()).toMatchObject([{ code: 'VENDED', ...request, vendId: id }]);
  });

  it('gives the answer on without the PEM, which would be kept once for each token', async () => {
    const { vend } = aVend(() => anAnswerWithCa());

    const { tls } = await vend(request);

    expect(tls.ca).toEqual({
      bundle: 'eu-west-1',
      url: 'https://api.example.com/v1/ca/eu-west-1',
      sha256: aBundle().sha256,
    });
  });

  it('hands no token out without the CA that it needs', async () => {
    const { vend } = aVend(() => anAnswer());

    await expect(vend(request)).rejects.toMatchObject({ reason: 'answer-unreadable' });
  });

  it('logs a failure once, with what to ask the platform team about', async () => {
    const requestId = '0198a3b2-7c41-7d0e-9f3a-5b6c7d8e9f01';
    const { vend, entries } = aVend(() => {
      throw new ClientError('denied', { status: 403, requestId });
    });

    await expect(vend(request)).rejects.toMatchObject({ reason: 'denied' });

    expect(entries()).toMatchObject([
      { code: 'VEND_FAILED', level: 'WARN', database: 'orders', reason: 'denied', requestId },
    ]);
  });

  it('takes what nobody foresaw for a call that did not get through', async () => {
    const { vend, entries } = aVend(() => {
      throw new RangeError('planted');
    });

    await expect(vend(request)).rejects.toThrow(RangeError);

    expect(entries()).toMatchObject([{ code: 'VEND_FAILED', reason: 'unreachable' }]);
  });

  it('says nothing of calls that were taken back after a freeze', async () => {
    const { vend, entries } = aVend(() => {
      throw new ClientError('abandoned');
    });

    await expect(vend(request)).rejects.toMatchObject({ reason: 'abandoned' });

    expect(entries()).toEqual([]);
  });
});
