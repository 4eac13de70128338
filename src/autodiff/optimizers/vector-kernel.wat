;; The arithmetic of a training step outside the graph, four float32 at a time. Each function gives the bits of its counterpart in
;; javascript-kernel.ts, operation by operation and in that order.
;;
;; Vectors are addresses in bytes, from $x to before $end; every length is a multiple of 64 bytes, above 0.
(module
  (import "env" "memory" (memory 0))

  ;; Σ x² in float64: element i goes to the sum of lane i mod 4, two lanes in each half.
  (func (export "squaredNorm") (param $x i32) (param $end i32) (result f64)
    (local $four v128)
    (local $two v128)
    (local $low v128)
    (local $high v128)
    (loop $next
      (local.set $four (v128.load (local.get $x)))
      (local.set $two (f64x2.promote_low_f32x4 (local.get $four)))
      (local.set $low (f64x2.add (local.get $low) (f64x2.mul (local.get $two) (local.get $two))))
      ;; The upper two, brought down.
      (local.set $two
        (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $high (f64x2.add (local.get $high) (f64x2.mul (local.get $two) (local.get $two))))
      (local.set $x (i32.add (local.get $x) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $x) (local.get $end))))
    (local.set $two (f64x2.add (local.get $low) (local.get $high)))
    (f64.add (f64x2.extract_lane 0 (local.get $two)) (f64x2.extract_lane 1 (local.get $two))))

  ;; x ← x + other
  (func (export "add") (param $x i32) (param $end i32) (param $other i32)
    (loop $next
      (v128.store (local.get $x)
        (f32x4.add (v128.load (local.get $x)) (v128.load (local.get $other))))
      (local.set $x (i32.add (local.get $x) (i32.const 16)))
      (local.set $other (i32.add (local.get $other) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $x) (local.get $end)))))

  ;; One step of Adam on the parameters p: g ← scale · g + penalty · p, m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
  ;; p ← shrinkage · p − rate · m / (√v · correction + ε), where g, m and v below their limits are 0.
  (func (export "adam")
    (param $parameters i32) (param $end i32) (param $gradients i32) (param $firstMoment i32) (param $secondMoment i32)
    (param $scale f32) (param $penalty f32) (param $shrinkage f32) (param $rate f32)
    (param $beta1 f32) (param $rest1 f32) (param $beta2 f32) (param $rest2 f32)
    (param $epsilon f32) (param $correction f32) (param $tinyGradient f32) (param $tinyMoment f32)
    (local $p v128)
    (local $g v128)
    (local $m v128)
    (local $v v128)
    (loop $next
      (local.set $p (v128.load (local.get $parameters)))

      (local.set $g
        (f32x4.add
          (f32x4.mul (v128.load (local.get $gradients)) (f32x4.splat (local.get $scale)))
          (f32x4.mul (f32x4.splat (local.get $penalty)) (local.get $p))))
      (local.set $g
        (v128.andnot
          (local.get $g)
          (f32x4.lt (f32x4.abs (local.get $g)) (f32x4.splat (local.get $tinyGradient)))))

      (local.set $m
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $beta1)) (v128.load (local.get $firstMoment)))
          (f32x4.mul (f32x4.splat (local.get $rest1)) (local.get $g))))
      (local.set $m
        (v128.andnot
          (local.get $m)
          (f32x4.lt (f32x4.abs (local.get $m)) (f32x4.splat (local.get $tinyMoment)))))

      (local.set $v
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $beta2)) (v128.load (local.get $secondMoment)))
          (f32x4.mul (f32x4.mul (f32x4.splat (local.get $rest2)) (local.get $g)) (local.get $g))))
      (local.set $v
        (v128.andnot
          (local.get $v)
          (f32x4.lt (f32x4.abs (local.get $v)) (f32x4.splat (local.get $tinyMoment)))))

      (v128.store (local.get $firstMoment) (local.get $m))
      (v128.store (local.get $secondMoment) (local.get $v))
      (v128.store (local.get $parameters)
        (f32x4.sub
          (f32x4.mul (f32x4.splat (local.get $shrinkage)) (local.get $p))
          (f32x4.mul
            (f32x4.splat (local.get $rate))
            (f32x4.div
              (local.get $m)
              (f32x4.add
                (f32x4.mul (f32x4.sqrt (local.get $v)) (f32x4.splat (local.get $correction)))
                (f32x4.splat (local.get $epsilon)))))))

      (local.set $parameters (i32.add (local.get $parameters) (i32.const 16)))
      (local.set $gradients (i32.add (local.get $gradients) (i32.const 16)))
      (local.set $firstMoment (i32.add (local.get $firstMoment) (i32.const 16)))
      (local.set $secondMoment (i32.add (local.get $secondMoment) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $parameters) (local.get $end)))))

  ;; One step with momentum on the parameters p: g ← scale · g + penalty · p, u ← μ u + g, p ← shrinkage · p − rate · u, where g and u
  ;; below their limits are 0.
  (func (export "momentum")
    (param $parameters i32) (param $end i32) (param $gradients i32) (param $velocity i32)
    (param $scale f32) (param $penalty f32) (param $shrinkage f32) (param $rate f32)
    (param $mu f32) (param $tinyGradient f32) (param $tinyMoment f32)
    (local $p v128)
    (local $g v128)
    (local $u v128)
    (loop $next
      (local.set $p (v128.load (local.get $parameters)))

      (local.set $g
        (f32x4.add
          (f32x4.mul (v128.load (local.get $gradients)) (f32x4.splat (local.get $scale)))
          (f32x4.mul (f32x4.splat (local.get $penalty)) (local.get $p))))
      (local.set $g
        (v128.andnot
          (local.get $g)
          (f32x4.lt (f32x4.abs (local.get $g)) (f32x4.splat (local.get $tinyGradient)))))

      (local.set $u
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $mu)) (v128.load (local.get $velocity)))
          (local.get $g)))
      (local.set $u
        (v128.andnot
          (local.get $u)
          (f32x4.lt (f32x4.abs (local.get $u)) (f32x4.splat (local.get $tinyMoment)))))

      (v128.store (local.get $velocity) (local.get $u))
      (v128.store (local.get $parameters)
        (f32x4.sub
          (f32x4.mul (f32x4.splat (local.get $shrinkage)) (local.get $p))
          (f32x4.mul (f32x4.splat (local.get $rate)) (local.get $u))))

      (local.set $parameters (i32.add (local.get $parameters) (i32.const 16)))
      (local.set $gradients (i32.add (local.get $gradients) (i32.const 16)))
      (local.set $velocity (i32.add (local.get $velocity) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $parameters) (local.get $end)))))

  ;; 0 where 16 random bits are below the threshold, else the value: xoshiro128** in four lanes, each draw deciding four elements by its
  ;; lower and four by its upper 16 bits. The states' four words lie at the start of the memory.
  (func (export "dropoutMask") (param $mask i32) (param $end i32) (param $threshold i32) (param $value f32)
    (local $a v128)
    (local $b v128)
    (local $c v128)
    (local $d v128)
    (local $draw v128)
    (local $shifted v128)
    (local.set $a (v128.load offset=0 (i32.const 0)))
    (local.set $b (v128.load offset=16 (i32.const 0)))
    (local.set $c (v128.load offset=32 (i32.const 0)))
    (local.set $d (v128.load offset=48 (i32.const 0)))
    (loop $next
      ;; draw = rotl(5 b, 7) · 9
      (local.set $draw (i32x4.mul (local.get $b) (i32x4.splat (i32.const 5))))
      (local.set $draw
        (v128.or
          (i32x4.shl (local.get $draw) (i32.const 7))
          (i32x4.shr_u (local.get $draw) (i32.const 25))))
      (local.set $draw (i32x4.mul (local.get $draw) (i32x4.splat (i32.const 9))))

      (local.set $shifted (i32x4.shl (local.get $b) (i32.const 9)))
      (local.set $c (v128.xor (local.get $c) (local.get $a)))
      (local.set $d (v128.xor (local.get $d) (local.get $b)))
      (local.set $b (v128.xor (local.get $b) (local.get $c)))
      (local.set $a (v128.xor (local.get $a) (local.get $d)))
      (local.set $c (v128.xor (local.get $c) (local.get $shifted)))
      (local.set $d
        (v128.or
          (i32x4.shl (local.get $d) (i32.const 11))
          (i32x4.shr_u (local.get $d) (i32.const 21))))

      (v128.store offset=0 (local.get $mask)
        (v128.and
          (i32x4.ge_u
            (v128.and (local.get $draw) (i32x4.splat (i32.const 0xffff)))
            (i32x4.splat (local.get $threshold)))
          (f32x4.splat (local.get $value))))
      (v128.store offset=16 (local.get $mask)
        (v128.and
          (i32x4.ge_u
            (i32x4.shr_u (local.get $draw) (i32.const 16))
            (i32x4.splat (local.get $threshold)))
          (f32x4.splat (local.get $value))))
      (local.set $mask (i32.add (local.get $mask) (i32.const 32)))
      (br_if $next (i32.lt_u (local.get $mask) (local.get $end))))))
