import { z } from 'zod';
import type { FunctionName } from '../../build/function-names.ts';
import { deploy, functionDefaults, get } from '../infra/stack.ts';

/** What template.yaml says of a function, with every parameter filled in. */
export interface DeployedSettings {
  /** Below the checkout. */
  readonly codeUri: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Paths in it begin with `/var/task`. */
  readonly variables: Readonly<Record<string, string>>;
}

export type TemplateParameters = Readonly<Record<string, string>>;

const own = z.looseObject({
  FunctionName: z.string(),
  CodeUri: z.string(),
  Handler: z.string().optional(),
  Timeout: z.number().optional(),
  MemorySize: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

const defaults = own.required({ Handler: true, Timeout: true, MemorySize: true });

/** Reads them as SAM does: what a function has itself comes before what all have. */
export function deployedSettings(
  name: FunctionName,
  parameters: TemplateParameters = {},
): DeployedSettings {
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`;
  const mine = own.parse(get(deploy(parameters), id).Properties);
  const all = defaults
    .omit({ FunctionName: true, CodeUri: true })
    .parse(functionDefaults(parameters));
  const { Timeout, MemorySize } = { ...all, ...mine };
  return {
    codeUri: mine.CodeUri,
    handler: mine.Handler ?? all.Handler,
    timeoutMs: (Timeout ?? all.Timeout) * 1000,
    memoryMb: MemorySize ?? all.MemorySize,
    variables: { ...all.Environment.Variables, ...mine.Environment.Variables },
  };
}
