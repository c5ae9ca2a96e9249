import type { Metadata } from 'next';
import { SignInForm } from '@/components/shell/sign-in-form';
import { guardPage } from '@/lib/server/entry';
import { readText, WithText } from '@/lib/server/reader';
import { toNextPath } from '@/lib/server/session';
import { submitToken } from './actions';

type Props = { searchParams: Promise<{ next?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readText()).t('signIn.title') };
}

export default guardPage(
  async ({ searchParams }: Props) => (
    <WithText parts={['problems', 'faults']}>
      <SignInForm action={submitToken} next={toNextPath((await searchParams).next)} />
    </WithText>
  ),
  { signedOut: true },
);
