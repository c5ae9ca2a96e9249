import type { ReactNode } from 'react';
import { WithText } from '@/lib/server/reader';

export default function Layout({ children }: { children: ReactNode }) {
  return <WithText parts={['list', 'job', 'problems', 'faults', 'submissions']}>{children}</WithText>;
}
