/**
 * Takes the place of the SDK's default credential chain in the functions' bundles.
 *
 * The chain (profiles, SSO, instance metadata) is a third of an SDK client's size and has nothing to
 * do on Lambda, where the credentials are in the environment. A client that is built without
 * credentials asks for the chain, and gets an error at start-up rather than someone else's identity.
 */
export function defaultProvider(): never {
  throw new Error('This bundle has no credential chain: give the SDK client its credentials.');
}

/** The same, under the name that `@aws-sdk/credential-providers` gives it. */
export const fromNodeProviderChain: () => never = defaultProvider;
