import { describe, expect, it } from 'vitest';
import { parseTargetName } from '../../clients/agent/target-name.ts';
import { variableOf } from '../../clients/cli/environment-options.ts';
import { optionsOf } from './cli-commands.ts';
import {
  type Container,
  podOf,
  settings,
  tokenvendArguments,
  variants,
} from './kubernetes-manifests.ts';

const containers: Container[] = variants.flatMap((variant) => {
  const { initContainers, containers: applications } = podOf(variant);
  return [...initContainers, ...applications].filter((one) => tokenvendArguments(one));
});

/** What a container's line says, without what stands after `--` and is for somebody else. */
function ownWords(container: Container): string[] {
  const words = tokenvendArguments(container) ?? [];
  const end = words.indexOf('--');
  return end < 0 ? words : words.slice(0, end);
}

describe('the containers of deploy/kubernetes', () => {
  it('run the four verbs that are there for them', () => {
    const named = containers.map((one) => ownWords(one)[0]);

    expect(named).toEqual(['write', 'agent', 'exec', 'write']);
  });

  it.each(containers)('give only flags that the verb has: $args', async (container) => {
    const [verb = '', ...words] = ownWords(container);
    const options = await optionsOf(verb);
    const given = words.flatMap((word) => /^--[a-z-]+/.exec(word) ?? []);

    expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
    expect(given).not.toEqual([]);
  });

  it.each(containers)('give every flag that the verb cannot do without: $args', async (one) => {
    const [verb = '', ...words] = ownWords(one);
    const mandatory = (await optionsOf(verb)).filter(({ mandatory: is }) => is);

    for (const { long = '' } of mandatory) {
      expect(words.some((word) => word === long || word.startsWith(`${long}=`))).toBe(true);
    }
  });

  it.each(containers)('name a target that is one: $args', (container) => {
    const [, target = ''] = ownWords(container);

    expect(parseTargetName(target)).toMatchObject({ alias: 'orders', user: 'orders_app' });
  });
});

describe('the settings that every container gets', () => {
  it.each(['write', 'agent', 'exec'])('are variables of %s', async (verb) => {
    const variables = (await optionsOf(verb)).map(variableOf);

    expect(variables).toEqual(expect.arrayContaining(Object.keys(settings())));
  });
});
