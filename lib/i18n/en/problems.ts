/** Sentences for lib/problem.ts; the API's own words are quoted beside them, untranslated. */
export const problems = {
  'problem.invalid.title': 'Some fields need attention',
  'problem.invalid.text': 'Nothing was sent.',
  'problem.denied.title': 'The API refused these credentials',
  'problem.denied.permission':
    'The permission {action} is missing. Ask whoever manages the RAM user of this Jobwright to grant it.',
  'problem.denied.text': 'Check the AccessKey this Jobwright was started with.',
  'problem.refused.title': 'The API refused the request',
  'problem.refused.text': 'Nothing was created or changed.',
  'problem.refused.retryAfter': 'Try again in {seconds} second. | Try again in {seconds} seconds.',
  'problem.refused.notFound': 'The API does not know this ID.',
  'problem.unreachable.title': 'The API could not be reached',
  'problem.unreachable.text': 'Nothing was sent, so it is safe to try again.',
  'problem.unreachable.reason': 'Cause: {reason}',
  'problem.restarting.title': 'Jobwright is restarting',
  'problem.restarting.text': 'Nothing was sent and nothing you entered is lost. Try again in a moment.',
  'problem.unconfirmed.title': 'No usable response from the API',
  'problem.unconfirmed.read': 'Nothing was changed. Try again in a moment.',
  'problem.unconfirmed.write':
    'The request was sent and may have been carried out. Check the list of jobs before you try again.',
  'problem.reason.timeout': 'The API did not respond in time.',
  'problem.reason.reset': 'The connection was closed before a response arrived.',
  'problem.reason.truncated': 'The response was cut off in the middle.',
  'problem.reason.too-large': 'The response was too large to read.',
  'problem.reason.not-json': 'The response was not valid JSON; it may have come from a gateway in between.',
  'problem.reason.no-job-id': 'The response contained no JobId.',
  'problem.reason.server-error': 'The server reported an internal error.',
  'problem.reason.redirect':
    'The server redirected the request, which the API never does. Check the endpoint.',
  'problem.reason.interrupted': 'Jobwright was stopped while the request was in progress.',
  'problem.api.said': 'The API said',
  'problem.api.code': 'Code',
  'problem.api.requestId': 'RequestId',
  'problem.api.help': 'What this code means',
  'problem.store.title': 'Jobwright cannot record the submission',
  'problem.store.text':
    'Nothing was sent: a job is only submitted once its record is safe. Nothing you entered is lost. Whoever runs this Jobwright finds the cause in its log, often a full disk or a database that is away. Then try again.',
} as const;
