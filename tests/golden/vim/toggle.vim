" Toggles words such as true and false.

source helpers.vim

let s:pairs = {'true': 'false'}

" Finds the other word of a pair.
function! s:Other(word, default = '') abort
  if has_key(s:pairs, a:word)
    return s:pairs[a:word]
  elseif a:word ==# '' || a:default ==# ''
    return a:word
  endif
  for [one, two] in items(s:pairs)
    if two ==# a:word && one !=# ''
      return one
    endif
  endfor
  return a:default
endfunction

" -------------------------
function toggle#word() abort
  let word = expand('<cword>')
  while word ==# ''
    normal! w
    let word = expand('<cword>')
  endwhile
  execute 'normal! ciw' . s:Other(word)
endfunction

command! Toggle call toggle#word()

function! <SID>Undo(...) dict
  " The last word.
  undo
endfunction
