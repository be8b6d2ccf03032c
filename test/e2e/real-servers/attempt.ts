import { join } from 'node:path';
import type { FormatName } from '../../../core/connection/formats.ts';
import { render } from '../../../core/connection/formats.ts';
import {
  type ConnectionTarget,
  type TunnelEnd,
  targetOf,
} from '../../../core/connection/target.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { type World, written } from './world.ts';

/** One client's try to log in: what it was given, and where its files lie. */
export interface Attempt {
  readonly target: ConnectionTarget;
  readonly folder: string;
  readonly hostsFile: string;
  /** Somebody has edited the settings so that they ask for no encryption. */
  readonly plain: boolean;
  /** The format's text, as `core/connection` writes it. */
  text(format: FormatName): string;
  /** The same in a file of mode 0600; its path. */
  file(format: FormatName): Promise<string>;
}

export interface AttemptOptions {
  readonly answer: VendAnswer;
  readonly caFile: string;
  readonly plain?: boolean;
  readonly via?: TunnelEnd;
}

let attempts = 0;

export function anAttempt(world: World, options: AttemptOptions): Attempt {
  attempts += 1;
  const { answer, caFile, via, plain = false } = options;
  const folder = join(world.folder, `attempt-${attempts}`);
  const passFile = join(folder, 'pgpass');
  const target = targetOf(answer, { caFile, passFile, via, applicationName: 'e2e' });
  const text = (format: FormatName): string => {
    const rendered = render(format, target);
    return plain ? withoutTls(rendered) : rendered;
  };
  return {
    target,
    folder,
    hostsFile: world.hostsFile,
    plain,
    text,
    file: (format) => written(folder, format, text(format)),
  };
}

/** The edit that people make to get rid of certificate errors. */
function withoutTls(text: string): string {
  return text
    .replaceAll('verify-full', 'disable')
    .replace('VERIFY_IDENTITY', 'DISABLED')
    .replace(/^ssl-ca=.*\n/m, '')
    .replace('loose-ssl-verify-server-cert', 'skip-ssl');
}
