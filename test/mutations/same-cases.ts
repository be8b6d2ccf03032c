import fc from 'fast-check';

// A mutant that random cases notice now and then would come and go in the list of survivors.
fc.configureGlobal({ seed: 1, numRuns: 30 });
