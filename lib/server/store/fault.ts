import 'server-only';

/** The store cannot do what it is asked just now. The message is a sentence for whoever runs Jobwright, without secrets. */
export class StoreFault extends Error {
  override name = 'StoreFault';
}
