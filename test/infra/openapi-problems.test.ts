import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problem, problemKinds } from '../../core/problem.ts';
import type { Hint } from '../../core/reasons.ts';
import { openapi } from './openapi-document.ts';
import { answerName, codes, kinds } from './problem-answers.ts';

const { components } = openapi;

const hintTable: Record<Hint, true> = {
  'no-team': true,
  'choose-team': true,
  'choose-user': true,
  'grant-not-in-force': true,
};

const enumOf = z.object({ enum: z.array(z.union([z.string(), z.number()])) });
const problemProperties = z
  .object({ properties: z.record(z.string(), z.unknown()) })
  .parse(components.schemas.Problem).properties;

describe('the problems', () => {
  it('have the codes, statuses and hints of the source', () => {
    const statuses = kinds.map(([, { status }]) => status);

    expect(enumOf.parse(problemProperties.code).enum.sort()).toEqual(
      Object.keys(problemKinds).sort(),
    );
    expect(codes).toHaveLength(Object.keys(problemKinds).length);
    expect(enumOf.parse(problemProperties.status).enum.sort()).toEqual(statuses.sort());
    expect(enumOf.parse(problemProperties.hint).enum.sort()).toEqual(Object.keys(hintTable).sort());
  });

  it.each(kinds)('%s is shown with the sentence that the source sends', (code, { retryable }) => {
    const answer = components.responses[answerName(code)];
    const shown = Object.values(answer?.content['application/problem+json']?.examples ?? {});

    expect(shown.length).toBeGreaterThan(0);
    for (const { value } of shown) {
      const { requestId, hint } = z
        .looseObject({ requestId: z.string(), hint: z.custom<Hint>().optional() })
        .parse(value);
      expect(value).toEqual(problem(code, requestId, hint));
    }
    expect('Retry-After' in (answer?.headers ?? {})).toBe(retryable);
    expect(answer?.headers).toHaveProperty('Cache-Control.$ref', '#/components/headers/NoStore');
  });
});
