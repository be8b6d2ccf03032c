import { randomUUID } from 'node:crypto';
import { type ApiAnswer, refusal } from './api-answer.ts';
import { createExtension, type Extension, type ExtensionEvent } from './extension.ts';
import type { InitializationType } from './settings.ts';
import { checkSubscriptions } from './subscription-rules.ts';

/** All extensions of one environment, external and internal. */
export interface ExtensionSet {
  /** Adds one that was started as a process. */
  addExternal(name: string): Extension;
  /** A name that no process was started under is an extension in the runtime's own process. */
  register(name: string, events: readonly string[]): Registered;
  byId(id: string): Extension | undefined;
  external(): readonly Extension[];
  all(): readonly Extension[];
  subscribers(event: ExtensionEvent): readonly Extension[];
  /** Internal extensions can register until the runtime first asks for an invocation. */
  closeRegistration(): void;
}

export type Registered =
  | { readonly done: true; readonly extension: Extension }
  | { readonly done: false; readonly refusal: ApiAnswer };

/** Lambda developer guide, "Augment Lambda functions using Lambda extensions"; counts both kinds. */
export const maxExtensions = 10;

export function createExtensionSet(mode: InitializationType): ExtensionSet {
  const extensions: Extension[] = [];
  let isOpen = true;

  const add = (name: string, kind: Extension['kind']): Extension => {
    const extension = createExtension({ id: randomUUID(), name, kind });
    extensions.push(extension);
    return extension;
  };
  const refusalOfNewcomer = (name: string): ApiAnswer | undefined => {
    if (!isOpen) {
      return refusal('Extension.RegistrationClosed', 'Extension registration closed already');
    }
    if (extensions.length >= maxExtensions) {
      const message = `Extension limit (${maxExtensions}) reached`;
      return refusal('Extension.TooManyExtensions', message);
    }
    const taken = extensions.some((other) => other.name === name);
    const message = 'Extension with this name already registered';
    return taken ? refusal('Extension.InvalidExtensionState', message) : undefined;
  };

  return {
    addExternal: (name) => add(name, 'external'),
    register(name, wanted) {
      const known = extensions.find((one) => one.kind === 'external' && one.name === name);
      const kind = known?.kind ?? 'internal';
      const subscriptions = checkSubscriptions(wanted, kind, mode);
      if (!subscriptions.allowed) return { done: false, refusal: subscriptions.refusal };
      const refused = known === undefined ? refusalOfNewcomer(name) : undefined;
      if (refused !== undefined) return { done: false, refusal: refused };
      const extension = known ?? add(name, 'internal');
      const notNow = extension.register(subscriptions.events);
      return notNow === undefined ? { done: true, extension } : { done: false, refusal: notNow };
    },
    byId: (id) => extensions.find((one) => one.id === id),
    external: () => extensions.filter((one) => one.kind === 'external'),
    all: () => [...extensions],
    subscribers: (event) => extensions.filter((one) => one.isSubscribed(event)),
    closeRegistration() {
      isOpen = false;
    },
  };
}
