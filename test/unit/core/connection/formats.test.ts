import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../../core/connection/format-error.ts';
import {
  type Format,
  type FormatName,
  formats,
  isFormatName,
  render,
} from '../../../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../../../core/connection/target.ts';
import type { Engine } from '../../../../core/registry/model.ts';
import { aTarget, aVendAnswer, sampleToken } from './builders.ts';

const engines: readonly Engine[] = ['postgres', 'mysql', 'mariadb'];
const names = Object.keys(formats).filter(isFormatName);
const pairs = names.flatMap((name) => engines.map((engine) => ({ name, engine })));
const supports = (name: FormatName, engine: Engine): boolean => {
  const format: Format = formats[name];
  return format.engines.includes(engine);
};

describe('render', () => {
  it.each(pairs.filter(({ name, engine }) => supports(name, engine)))(
    'holds the token in $name for $engine exactly where the table says so',
    ({ name, engine }) => {
      const text = render(name, aTarget({ engine }));

      const signature = sampleToken.slice(-64);
      expect(text.includes(signature)).toBe(formats[name].holdsToken);
    },
  );

  it.each(pairs.filter(({ name, engine }) => !supports(name, engine)))(
    'refuses $name for $engine',
    ({ name, engine }) => {
      expect(() => render(name, aTarget({ engine }))).toThrow(
        expect.objectContaining({ code: 'ENGINE_UNSUPPORTED', field: 'engine' }),
      );
    },
  );

  it.each(pairs.filter(({ name }) => formats[name].standsAlone))(
    'renders $name for $engine without a file beside it',
    ({ name, engine }) => {
      const { caFile: _, ...target } = aTarget({ engine });

      expect(render(name, target)).toContain(sampleToken);
    },
  );

  it.each(['token', 'url', 'jdbc'] as const)('gives %s as one bare value', (name) => {
    expect(render(name, aTarget())).not.toContain('\n');
  });

  it.each(['json', 'env', 'pgpass', 'pg-service'] as const)('ends %s in one line feed', (name) => {
    expect(render(name, aTarget())).toMatch(/[^\n]\n$/);
  });

  it('gives the bare token', () => {
    expect(render('token', aTarget())).toBe(sampleToken);
  });

  it.each(pairs)('A21: no refusal of $name for $engine carries a value', ({ name, engine }) => {
    const secret = 'planted';
    const spoilt: readonly Partial<ConnectionTarget>[] = [
      { token: `${secret}\0` },
      { token: `${secret}\n`.repeat(1_000) },
      { user: `${secret}\0\n&` },
      { host: `${secret},x\0` },
      { caFile: `/${secret}\0`.repeat(1_000) },
    ];

    for (const change of spoilt) {
      const error = refusalOf(() => render(name, aTarget({ engine, ...change })));

      if (error === undefined) continue;
      expect(error).toBeInstanceOf(FormatError);
      expect(`${JSON.stringify(error)} ${error.message} ${error.stack}`).not.toContain(secret);
      expect(error.cause).toBeUndefined();
    }
  });
});

describe('the formats', () => {
  it('that are of use alone are those that the API serves', () => {
    const alone = names.filter((name) => formats[name].standsAlone);

    expect(alone).toEqual(['json', 'token', 'env']);
  });

  it.each([
    ['postgres', ['json', 'token', 'env', 'url', 'pgpass', 'pg-service', 'jdbc']],
    ['mysql', ['json', 'token', 'env', 'url', 'my-cnf', 'jdbc']],
    ['mariadb', ['json', 'token', 'env', 'url', 'my-cnf', 'jdbc']],
  ] as const)('of %s are %j', (engine, expected) => {
    expect(names.filter((name) => supports(name, engine))).toEqual(expected);
  });
});

describe('json', () => {
  it('is the answer as it came', () => {
    const { caFile: _, ...target } = aTarget();

    expect(JSON.parse(render('json', target))).toEqual(aVendAnswer());
  });

  it('adds where the client put the CA, and its tunnel', () => {
    const via = { host: '127.0.0.1', port: 15432 };

    const document = JSON.parse(render('json', aTarget({ via })));

    expect(document.tls.ca).toEqual({ ...aVendAnswer().tls.ca, file: '/run/db/orders/ca.pem' });
    expect(document.via).toEqual(via);
  });
});

describe('isFormatName', () => {
  it('knows the formats of the table and nothing else', () => {
    expect(names).toEqual(Object.keys(formats));
    expect(isFormatName('yaml')).toBe(false);
    expect(isFormatName('toString')).toBe(false);
    expect(isFormatName('__proto__')).toBe(false);
  });
});

function refusalOf(attempt: () => unknown): Error | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('thrown something else');
  }
}
