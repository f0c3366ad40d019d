import { COMPLETION_FLAG } from './command-words.ts';

/** Shells that a script is there for. */
export const SHELLS = ['bash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** Lines of a shell's start file that ask inferscope for the words which may stand next; files where it knows none. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `###-begin-inferscope-completions-###
# Installation: inferscope completion bash >> ~/.bashrc
_inferscope_completions()
{
    local IFS=$'\\n'
    COMPREPLY=($(inferscope ${COMPLETION_FLAG} "\${COMP_WORDS[@]:0:COMP_CWORD+1}"))
}
complete -o bashdefault -o default -F _inferscope_completions inferscope
###-end-inferscope-completions-###
`,
  zsh: `#compdef inferscope
###-begin-inferscope-completions-###
# Installation: inferscope completion zsh >> ~/.zshrc
_inferscope_completions()
{
    local -a found
    found=("\${(@f)$(inferscope ${COMPLETION_FLAG} "\${(@)words[1,CURRENT]}")}")
    if [[ -n "$found" ]]; then compadd -a found; else _default; fi
}
if [[ "\${zsh_eval_context[-1]}" == "loadautofunc" ]]; then
    _inferscope_completions "$@"
else
    compdef _inferscope_completions inferscope
fi
###-end-inferscope-completions-###
`,
};

/** The shell that somebody works in, by its environment; bash where that says neither. */
export function shellOf({ SHELL = '', ZSH_NAME }: Readonly<Record<string, string | undefined>>): Shell {
  return ZSH_NAME !== undefined || SHELL.endsWith('zsh') ? 'zsh' : 'bash';
}
