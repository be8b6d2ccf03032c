import { OperatorError } from '../operator-error.ts';

/** Runs what calls AWS; its refusals and failures become faults of the surroundings. */
export async function explainingAws<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw faultOf(error) ?? error;
  }
}

/**
 * By name, and not by class: the SDK is in a bundle of its own. Only what AWS calls the error is
 * repeated: messages hold ARNs of those who asked.
 */
function faultOf(error: unknown): OperatorError | undefined {
  if (!(error instanceof Error) || error instanceof OperatorError) return undefined;
  const { name } = error;
  if (name === 'CredentialsProviderError') {
    return new OperatorError(
      'aws-credentials',
      'There are no AWS credentials; see `aws configure`.',
    );
  }
  if (refusals.test(name)) {
    return new OperatorError(
      'aws-refused',
      `AWS refuses to say (${name}); docs/operator.md lists the permissions.`,
    );
  }
  const isAws = '$metadata' in error || 'code' in error || name === 'TimeoutError';
  const what = 'code' in error ? error.code : name;
  return isAws
    ? new OperatorError('aws-unavailable', `AWS cannot be asked now (${what}).`)
    : undefined;
}

const refusals =
  /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|ExpiredTokenException|SignatureDoesNotMatch|OptInRequired)$/;
