import { createCaBundles } from '../../../adapters/ca-bundles.ts';

/** The real ones: nothing about them changes during a run, and every run shares them. */
export const caBundles = createCaBundles({ directory: 'certificates' });
