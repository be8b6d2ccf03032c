import { expect, it } from 'vitest';
import { createCaBundles } from '../../../../clients/agent/ca-bundles.ts';
import { sha256Hex } from '../../../../clients/api-client/parse-answer.ts';
import { anAnswer } from '../../../builders/answers.ts';

const answerWith = (pem: string) => {
  const { tls } = anAnswer();
  return anAnswer({ tls: { ...tls, ca: { ...tls.ca, sha256: sha256Hex(pem) } } });
};

function anApi(pems: string[]) {
  const asked: string[] = [];
  return {
    asked,
    ca: async (name: string) => {
      asked.push(name);
      const pem = pems.shift() ?? '';
      return { name, pem, sha256: sha256Hex(pem) };
    },
  };
}

it('asks for a bundle once, and again when its hash changes', async () => {
  const api = anApi(['old', 'new']);
  const caPemFor = createCaBundles(api);

  const pems = [
    await caPemFor(answerWith('old')),
    await caPemFor(answerWith('old')),
    await caPemFor(answerWith('new')),
  ];

  expect(pems).toEqual(['old', 'old', 'new']);
  expect(api.asked).toEqual(['eu-west-1', 'eu-west-1']);
});

it('refuses a bundle that is not the one of the answer, and asks again the next time', async () => {
  const caPemFor = createCaBundles(anApi(['another', 'right']));

  await expect(caPemFor(answerWith('right'))).rejects.toMatchObject({
    reason: 'answer-inconsistent',
  });

  expect(await caPemFor(answerWith('right'))).toBe('right');
});
