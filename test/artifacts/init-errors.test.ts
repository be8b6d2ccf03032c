import { describe, expect, it, onTestFinished } from 'vitest';
import { type FunctionName, functionNames } from '../../build/function-names.ts';
import { type BuiltFunction, startBuilt } from './built-function.ts';
import { deployedSettings } from './deployed-settings.ts';

const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'example', sessionToken: 'x' };
const parameters = { ProbeTarget: 'orders/probe', ProbeDeniedTarget: 'orders/orders_app' };

/** Variables without which a function cannot start. */
const required = {
  authorizer: ['TOKENVEND_REGISTRY_FILE'],
  tokens: ['TOKENVEND_API_ID', 'TOKENVEND_CERTIFICATES', 'TOKENVEND_REGISTRY_FILE'],
  databases: ['TOKENVEND_API_ID', 'TOKENVEND_REGISTRY_FILE'],
  public: ['TOKENVEND_API_ID', 'TOKENVEND_AUDIENCE', 'TOKENVEND_CERTIFICATES', 'TOKENVEND_VERSION'],
  probe: [
    'TOKENVEND_API_URL',
    'TOKENVEND_CERTIFICATES',
    'TOKENVEND_PROBE_ALLOWED',
    'TOKENVEND_PROBE_DENIED',
    'TOKENVEND_VERSION',
  ],
} as const satisfies Record<FunctionName, readonly string[]>;

type Environment = Readonly<Record<string, string | undefined>>;

async function started(name: FunctionName, env: Environment): Promise<BuiltFunction> {
  const built = await startBuilt(name, { credentials, parameters, env });
  onTestFinished(() => built.close());
  return built;
}

/** What Lambda reports in place of an answer. */
const failureOf = (built: BuiltFunction): Promise<unknown> =>
  built.invoke({}).then(
    () => undefined,
    (error: unknown) => error,
  );

const namesIn = (error: unknown): string[] =>
  [...new Set(String(error).match(/TOKENVEND_[A-Z_]+/g))].sort();

describe.each(functionNames)('the function %s as it was built', (name) => {
  it('has all that it needs from the template', () => {
    const { variables } = deployedSettings(name, parameters);

    const missing = required[name].filter((one) => (variables[one] ?? '') === '');

    expect(missing).toEqual([]);
  });

  it('does not start without its variables, and names every one', async () => {
    const { variables } = deployedSettings(name, parameters);
    const own = Object.keys(variables).filter((one) => one.startsWith('TOKENVEND_'));
    const env = Object.fromEntries(own.map((one) => [one, undefined]));

    const failure = await failureOf(await started(name, env));

    expect(failure).toMatchObject({ name: 'SettingsError' });
    expect(namesIn(failure)).toEqual(required[name]);
  });
});

describe('a built function', () => {
  it('says which variable is wrong, and not what is in it', async () => {
    const env = { TOKENVEND_PUBLIC_URL: 'http://secret.example.com' };

    const failure = await failureOf(await started('tokens', env));

    expect(failure).toMatchObject({ name: 'SettingsError' });
    expect(namesIn(failure)).toEqual(['TOKENVEND_PUBLIC_URL']);
    expect(String(failure)).not.toContain('secret');
  });
});
