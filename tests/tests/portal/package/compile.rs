//! Code that wants to break the compiler breaks a process of its own.

use std::time::Instant;

use dinh_runtime::{Compiler, CompilerFailure};
use dinh_tests::program_path;

/// LEB128.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id][..], &number(content.len()), content].concat()
}

/// A component of one module whose functions hold so many loops within each other, with two thousand
/// variables that live through all of them.
fn bomb(functions: usize, loops: usize) -> Vec<u8> {
    let mut code = [&[1][..], &number(2_000), &[0x7f]].concat();
    for at in 0..loops {
        let variable = |factor: usize| number(at * factor % 2_000);
        code.extend([0x03, 0x40, 0x20]);
        code.extend(variable(1));
        code.push(0x20);
        code.extend(variable(7));
        code.extend([0x6a, 0x21]);
        code.extend(variable(13));
        code.push(0x20);
        code.extend(variable(1));
        code.extend([0x0d, 0x00]);
    }
    code.extend(vec![0x0b; loops + 1]);
    let one = [number(code.len()), code].concat();
    let count = number(functions);
    let module = [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, &[1, 0x60, 1, 0x7f, 0]),
        section(3, &[count.clone(), vec![0; functions]].concat()),
        section(10, &[count, one.repeat(functions)].concat()),
    ];
    let module = module.concat();
    [b"\0asm\x0d\0\x01\0".to_vec(), section(1, &module)].concat()
}

#[tokio::test]
async fn a_compile_bomb_ends_its_own_process_within_bounds_and_the_next_plugin_compiles() {
    let compiler = Compiler::new(program_path());
    let began = Instant::now();
    let bombed = compiler.try_out("bomb", &bomb(8, 100_000)).await;
    assert!(matches!(bombed, Err(CompilerFailure::Limits)), "{bombed:?}");
    println!("a compile bomb ended after {:?}", began.elapsed());
    compiler.try_out("small", &bomb(1, 10)).await.unwrap();
    let broken = bomb(1, 10);
    let broken = compiler
        .try_out("broken", &broken[..broken.len() - 1])
        .await;
    assert!(
        matches!(broken, Err(CompilerFailure::Refused(_))),
        "{broken:?}"
    );
}
