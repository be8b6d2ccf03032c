import type { CaBundle } from '../../core/vend-answer.ts';
import type { ExtensionLog } from './log.ts';
import { type OwnFolder, OwnFolderError } from './own-folder.ts';

/** The CA bundles that came with tokens, in memory and as files. */
export interface CaFiles {
  /** Remembers a bundle whose hash has been checked, and writes its file. Failing to is only logged. */
  keep(bundle: CaBundle): void;
  find(name: string): CaBundle | undefined;
  /**
   * The absolute path of a bundle's file, which is there when this returns.
   *
   * @throws OwnFolderError where it is not, and cannot be written again.
   */
  fileOf(bundle: CaBundle): string;
}

/** Readable to all, as certificates are public; writable to us. */
const mode = 0o644;

/** Needs no bound: there are as many as Regions in which the function opens databases. */
export function createCaFiles(deps: {
  readonly folder: OwnFolder;
  readonly log: ExtensionLog;
}): CaFiles {
  const { folder, log } = deps;
  const bundles = new Map<string, CaBundle>();
  const files = new Map<string, string>();

  const write = ({ name, pem }: CaBundle): string => {
    const file = folder.write(`${name}.pem`, pem, mode);
    files.set(name, file);
    return file;
  };

  return {
    keep(bundle) {
      const { name, sha256 } = bundle;
      // The same one comes with every token.
      if (bundles.get(name)?.sha256 === sha256) return;
      bundles.set(name, bundle);
      files.delete(name);
      try {
        write(bundle);
      } catch (error) {
        const reason = error instanceof OwnFolderError ? error.reason : 'unwritable';
        log.error('CA_UNWRITABLE', { bundle: name, reason });
      }
    },
    find: (name) => bundles.get(name),
    fileOf(bundle) {
      const file = files.get(bundle.name);
      const isThere = folder.has(`${bundle.name}.pem`, Buffer.byteLength(bundle.pem));
      return file !== undefined && isThere ? file : write(bundle);
    },
  };
}
