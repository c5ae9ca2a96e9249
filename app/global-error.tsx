'use client';

import './globals.css';

/** The root layout itself failed, the dictionary with it: both languages, and a way on. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body className="mx-auto max-w-prose space-y-4 p-8">
        <title>Jobwright</title>
        <h1 className="font-semibold text-2xl">Something broke in Jobwright</h1>
        <p>What was submitted is recorded. Reload the page.</p>
        <p lang="zh-CN">Jobwright 出错了。已提交的内容都有记录，请刷新页面。</p>
        <button type="button" onClick={reset} className="rounded-md border border-edge px-3 py-1.5">
          Try again · 重试
        </button>
      </body>
    </html>
  );
}
