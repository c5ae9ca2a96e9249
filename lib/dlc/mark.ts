/** The key under Settings.Tags with which the server marks a request, so that its job can be found again. */
export const submissionTag = 'jobwright-submission';

type Body = Record<string, unknown>;

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as it is sent: the same with the submission's mark, replacing any mark it held. */
export function withMark(body: Body, submissionId: string): Body {
  const settings = isObject(body.Settings) ? body.Settings : {};
  const tags = isObject(settings.Tags) ? settings.Tags : {};
  return { ...body, Settings: { ...settings, Tags: { ...tags, [submissionTag]: submissionId } } };
}

/** The body as a person composed it: the mark gone, and with it the Tags and Settings that held nothing else. */
export function withoutMark(body: Body): Body {
  const { Settings: settings, ...others } = body;
  if (!isObject(settings) || !isObject(settings.Tags) || !(submissionTag in settings.Tags)) return body;
  const { [submissionTag]: _mark, ...tags } = settings.Tags;
  const { Tags: _tags, ...rest } = settings;
  const kept = Object.keys(tags).length > 0 ? { ...rest, Tags: tags } : rest;
  return Object.keys(kept).length > 0 ? { ...others, Settings: kept } : others;
}

/** The submission id a job bears; undefined where it bears none, or nothing that could be one. */
export function readMark(job: Body): string | undefined {
  const tags = isObject(job.Settings) ? job.Settings.Tags : undefined;
  const mark = isObject(tags) ? tags[submissionTag] : undefined;
  return typeof mark === 'string' ? mark : undefined;
}
