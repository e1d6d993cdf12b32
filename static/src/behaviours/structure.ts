// What keys in an option do to the paper around it, and the way to the neighbouring options.

import { all } from "../dom.ts";
import type { Bench, Structure } from "../editor/bench.ts";
import { run } from "./deeds.ts";
import { isUp } from "./live.ts";
import { openMenu } from "./menu.ts";
import { adding, goOn, join, split, takeBack } from "./onward.ts";
import { isAsking, isOwn, mayAct, mayActOn } from "./own.ts";
import { tell } from "./tell.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

export function structureOf(bench: Bench, option: HTMLElement): Structure {
  const article = (): HTMLElement | null => option.closest<HTMLElement>(".prov");
  return {
    isPending: () => isAsking(option),
    explain: () => {
      const take = (): void => run("option", article(), option);
      const may = mayAct("option.add");
      tell(option, say("structure"), may ? { words: say("ours"), take } : undefined);
    },
    split: (pos) => {
      const alone = all(":scope > .opt", article() ?? undefined).length === 1;
      const isItem = article()?.matches(".k-item, .k-other, .k-chapeau") ?? false;
      if (!alone || !isItem || !mayActOn("provision.split", article()) || !isUp()) return false;
      void split(bench, option, pos);
      return true;
    },
    join: () => {
      const provision = article();
      if (!provision || !mayActOn("provision.join", provision)) return false;
      if (!isUp()) return noLine(option);
      if (isOwn(provision) && isEmpty()) void takeBack(provision, option);
      else void join(bench, provision, option);
      return true;
    },
    propose: () => {
      if (!mayAct("provision.add")) return false;
      if (!isUp()) return noLine(option);
      const provision = article();
      if (provision) void goOn(bench, option, () => adding(provision.id, provision, "item"));
      return provision !== null;
    },
    level: (step) => {
      if (!isOwn(article()) || !mayActOn("provision.level", article())) return false;
      run(step === 1 ? "in" : "out", article(), option);
      return true;
    },
    go: (step) => {
      const options = all(".paper .opt[id]");
      const next = options[options.indexOf(option) + step];
      if (next) void write.open(next, step === 1 ? "start" : "end");
      return next !== undefined;
    },
    leave: () => void write.leave(),
    toTools: () => write.written()?.tools.focus(),
    menu: () => openMenu(article(), option),
    addAfter: () => run("item", article(), option),
    shift: (step) => run(step === 1 ? "down" : "up", article(), option),
    note: () => run("note", article(), option),
    behind: () => run("behind", article(), option),
    remove: () => {
      if (mayActOn("provision.delete", article())) run("delete", article(), option);
      else tell(option, say("notYours"));
    },
  };
}

function noLine(option: HTMLElement): true {
  tell(option, say("noLine"));
  return true;
}

function isEmpty(): boolean {
  const doc = write.written()?.editor.view.state.doc;
  return doc !== undefined && doc.textContent === "";
}
