import { describe, expect, it } from 'vitest';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { extensionFirst } from '../../../../clients/node/extension-first.ts';
import type { Vend } from '../../../../clients/node/vending.ts';
import { anAnswer } from '../../../builders/answers.ts';

const request = { database: 'orders' };
const [fromExtension, fromApi] = [anAnswer({ mark: 1 }), anAnswer({ mark: 2 })];

/** Ends each call as scripted, and the later ones like the last. */
function anExtension(...ends: readonly (ClientErrorReason | 'answers')[]) {
  let calls = 0;
  const vend: Vend = async () => {
    const end = ends[Math.min(calls++, ends.length - 1)] ?? 'answers';
    if (end === 'answers') return fromExtension;
    throw new ClientError(end);
  };
  return { vend, calls: () => calls };
}

const otherwise: Vend = async () => fromApi;

describe('the extension', () => {
  it('is asked where it answers', async () => {
    const vend = extensionFirst(anExtension().vend, otherwise);

    expect(await vend(request)).toBe(fromExtension);
  });

  it.each(['unreachable', 'credentials-missing'] as const)(
    'is not there where the first call is %s, and is not asked again',
    async (reason) => {
      const extension = anExtension(reason, 'answers');
      const vend = extensionFirst(extension.vend, otherwise);

      expect([await vend(request), await vend(request)]).toEqual([fromApi, fromApi]);
      expect(extension.calls()).toBe(1);
    },
  );

  it.each(['denied', 'throttled', 'timeout', 'server-error', 'answer-unreadable'] as const)(
    'has the last word when it says %s',
    async (reason) => {
      const vend = extensionFirst(anExtension(reason).vend, otherwise);

      await expect(vend(request)).rejects.toMatchObject({ reason });
    },
  );

  it('has the last word once it has answered, even when it is gone', async () => {
    const vend = extensionFirst(anExtension('answers', 'unreachable').vend, otherwise);

    await vend(request);

    await expect(vend(request)).rejects.toMatchObject({ reason: 'unreachable' });
  });
});
