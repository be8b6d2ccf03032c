import { spawn } from 'node:child_process';
import type { Surroundings } from './session-place.ts';

/** Whether a browser that is opened here would be in front of whoever typed the command. */
export function hasBrowser({ env, platform }: Surroundings): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY || env.CI) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Asks the desktop to open an address, and does not wait: the address is on the terminal as well.
 * Without a shell, in which an address could be a command.
 */
export function openBrowser(url: URL, platform: NodeJS.Platform): void {
  const [program, ...before] = openers[platform] ?? ['xdg-open'];
  const child = spawn(program, [...before, url.href], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** `start` of Windows is a word of its shell; this is the program behind it. */
const openers: { readonly [platform in NodeJS.Platform]?: readonly [string, ...string[]] } = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
