module orbits
  use iso_fortran_env, only: real64
  implicit none

  !> A body that moves.
  type :: body
    real(real64) :: mass
    real(real64) :: position(3)
  end type body

contains

  !> Tells how long one orbit takes.
  function period(radius, mass) result(seconds)
    real(real64), intent(in) :: radius, mass
    real(real64) :: seconds

    if (radius <= 0 .or. mass <= 0) then
      seconds = 0
    else if (radius > 1.0e12_real64 .and. mass < 1) then
      seconds = -1
    else
      seconds = 6.28 * sqrt(radius**3 / mass)
    end if
  end function period

  !---------------------------
  subroutine move(bodies, steps)
    type(body), intent(inout) :: bodies(:)
    integer, intent(in) :: steps
    integer :: i

    do i = 1, steps
      select case (i)
      case (1)
        bodies(1)%position = 0
      case default
        bodies(1)%position = bodies(1)%position + 1
      end select
    end do
  end subroutine move

end module orbits

! Prints one period.
program main
  use orbits
  implicit none

  print *, period(1.0_real64, 2.0_real64)
end program main
